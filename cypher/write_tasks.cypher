// Writes tasks: properties become exactly those given.
// parameters: {"rows": [{"id": "vn:task:0123456789abcdef:120", "properties": {"id": "vn:task:0123456789abcdef:120", "text": "Báo cáo kết quả", "done": false}}]}
UNWIND $rows AS row
MERGE (t:Task {id: row.id})
SET t = row.properties
RETURN count(t) AS written
