// Writes what an analysis found: properties whose names begin with x_, added to those of the documents; null takes one away.
// parameters: {"rows": [{"id": "vn:party:tw:nq:k12:20", "properties": {"x_rank": 0.25, "x_community": 1}}]}
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
SET d += row.properties
RETURN count(d) AS written
