// Whether the store answers.
// parameters: {}
RETURN 1 AS alive
