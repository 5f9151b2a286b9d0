// The documents with this number, whatever their type and issuer
// parameters: {"prefix": "20|", "limit": 200}
MATCH (d:Document)
WHERE d.block STARTS WITH $prefix
RETURN d.id AS id, d.number AS number, d.kind AS kind, d.issuer AS issuer, d.place AS place,
       d.date AS date, d.date_first AS date_first, d.date_last AS date_last, d.subject AS subject,
       d.held AS held, d.complete AS complete, d.validity AS validity,
       d.effective_from AS effective_from, d.effective_to AS effective_to
ORDER BY id
LIMIT $limit
