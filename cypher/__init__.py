"""Query texts, one `.cypher` file a query, the same on both engines."""
