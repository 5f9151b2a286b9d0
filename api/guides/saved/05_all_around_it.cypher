// Mọi thứ quanh văn bản · All around a document
// One hop, any relation, at most 60
WITH '20-NQ/TW' AS number
MATCH p = (d:Document)-[]-()
WHERE d.number = number
RETURN p
LIMIT 60
