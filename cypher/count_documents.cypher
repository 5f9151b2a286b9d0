// How many documents are held, and how many are only cited
// parameters: {}
MATCH (d:Document)
RETURN coalesce(d.held, false) AS held, count(d) AS documents
ORDER BY held
