// Removes documents with whatever hangs on them.
// parameters: {"rows": [{"id": "vn:state:ttg:qd:2022:6"}]}
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
DETACH DELETE d
