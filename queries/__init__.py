"""One module a question: a frozen answer type and one function."""
