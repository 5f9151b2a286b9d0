// How many tasks there are, and how many have a deadline
// parameters: {}
MATCH (t:Task)
RETURN count(t) AS tasks, count(t.deadline) AS dated
