"""The frozen values, the library of what was read, the projection into a graph, and the seam to the graph engines."""
