"""What is found beside an answer: another query, suggestions as one types, related notes.

`aside` holds them in limits of time; `corrections`, `suggestions` and `related` are the three.
"""
