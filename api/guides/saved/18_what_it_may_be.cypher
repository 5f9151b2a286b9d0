// Các văn bản cùng số · Documents with the same number
// A number does not name one document: 20-NQ/TW names five
WITH '20-NQ/TW' AS number
MATCH (d:Document)
WHERE d.number = number
RETURN d.id AS id, d.kind AS kind, d.issuer AS issuer, d.date AS date, d.held AS held
ORDER BY id
LIMIT 50
