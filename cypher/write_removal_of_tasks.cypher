// Removes tasks with whatever hangs on them.
// parameters: {"rows": [{"id": "vn:task:0123456789abcdef:120"}]}
UNWIND $rows AS row
MATCH (t:Task {id: row.id})
DETACH DELETE t
