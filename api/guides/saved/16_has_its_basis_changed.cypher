// Căn cứ có còn nguyên · Has its basis changed
// What this rests on that another document amends, replaces or repeals
WITH '3933/UBND-KGVXNV' AS number
MATCH (d:Document)-[b:IMPLEMENTS|BASED_ON|GUIDES]->(basis:Document)
WHERE d.number = number
WITH d, b, basis
LIMIT 50
OPTIONAL MATCH (basis)<-[c:AMENDS|REPLACES|REPEALS]-(change:Document)
WITH d, b, basis, c, change
LIMIT 100
RETURN d, b, basis, c, change
