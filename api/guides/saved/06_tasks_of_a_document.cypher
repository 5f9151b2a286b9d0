// Nhiệm vụ trong văn bản · Tasks in a document
// A document CONTAINS tasks, a task ASSIGNS_TO bodies
WITH '3933/UBND-KGVXNV' AS number
MATCH p = (d:Document)-[:CONTAINS]->(:Task)-[:ASSIGNS_TO]->(:Organization)
WHERE d.number = number
RETURN p
LIMIT 100
