// Removes organizations with whatever hangs on them.
// parameters: {"rows": [{"id": "vn:org:btc"}]}
UNWIND $rows AS row
MATCH (o:Organization {id: row.id})
DETACH DELETE o
