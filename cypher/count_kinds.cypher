// How many documents there are of each kind, held or only cited, fully or partly known
// parameters: {}
MATCH (d:Document)
RETURN coalesce(d.kind, '') AS kind, coalesce(d.held, false) AS held, coalesce(d.complete, false) AS complete, count(d) AS documents
ORDER BY kind, held, complete
