"""The records that everything else speaks in: no import of ours, no input or output."""
