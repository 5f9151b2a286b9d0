"""One file an engine: everything that differs between graph engines."""
