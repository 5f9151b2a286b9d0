// The documents with these keys
// parameters: {"ids": ["vn:party:tw:nq:k12:20"]}
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS id, d.number AS number, d.kind AS kind, d.issuer AS issuer, d.place AS place,
       d.date AS date, d.date_first AS date_first, d.date_last AS date_last, d.subject AS subject,
       d.held AS held, d.complete AS complete, d.validity AS validity,
       d.effective_from AS effective_from, d.effective_to AS effective_to
ORDER BY id
