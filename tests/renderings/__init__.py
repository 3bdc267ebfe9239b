"""Scripts that render the text of a note as a PDF, a Word document, an e-mail or a scan."""
