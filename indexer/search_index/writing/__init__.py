"""Writing an index: segments built from arrays, merged by copying, kept where nothing changed."""
