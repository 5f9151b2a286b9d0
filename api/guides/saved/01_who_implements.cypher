// Ai thực hiện văn bản này · Who implements this
// Change the number; at most 100 are shown
WITH '20-NQ/TW' AS number
MATCH p = (d:Document)<-[:IMPLEMENTS]-(:Document)
WHERE d.number = number
RETURN p
LIMIT 100
