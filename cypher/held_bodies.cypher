// How many documents of each body are held, the body as it stands in a key: ubnd@hai-phong
// parameters: {"as_of": "9999-12-31"}
MATCH (d:Document)
WHERE d.held AND coalesce(d.date_first, '') <= $as_of
RETURN split(d.id, ':')[2] AS body, count(d) AS documents
ORDER BY body
