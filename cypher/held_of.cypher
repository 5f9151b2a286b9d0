// How many documents of each of these bodies are held, and the latest three
// parameters: {"ids": ["vn:org:ubnd@binh-thuan"], "as_of": "9999-12-31"}
MATCH (d:Document)-[:ISSUED_BY]->(o:Organization)
WHERE o.id IN $ids AND d.held AND coalesce(d.date_first, '') <= $as_of
WITH DISTINCT o.id AS id, d.id AS document, coalesce(d.date_last, '') AS day
ORDER BY id, day DESC, document
WITH id, collect(document) AS documents
RETURN id, size(documents) AS held, documents[0..3] AS latest
ORDER BY id
