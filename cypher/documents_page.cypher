// The documents in the order of their keys, from one key on, of some kinds, bodies and places when these are given
// parameters: {"after": "", "held": [true], "kinds": [], "issuers": [], "places": [], "as_of": "9999-12-31", "limit": 50}
MATCH (d:Document)
WHERE d.id > $after AND coalesce(d.held, false) IN $held AND coalesce(d.date_first, '') <= $as_of
  AND (size($kinds) = 0 OR d.kind IN $kinds)
  AND (size($issuers) = 0 OR d.issuer IN $issuers)
  AND (size($places) = 0 OR d.place IN $places)
RETURN d.id AS id, d.number AS number, d.kind AS kind, d.issuer AS issuer, d.place AS place,
       d.date AS date, d.date_first AS date_first, d.date_last AS date_last, d.subject AS subject,
       d.held AS held, d.complete AS complete, d.validity AS validity,
       d.effective_from AS effective_from, d.effective_to AS effective_to
ORDER BY id
LIMIT $limit
