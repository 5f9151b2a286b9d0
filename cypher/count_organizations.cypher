// How many bodies there are
// parameters: {}
MATCH (o:Organization)
RETURN count(o) AS organizations
