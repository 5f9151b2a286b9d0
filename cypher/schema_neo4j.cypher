// What Neo4j Browser's users search by: full text over numbers and subjects; what saved queries order and filter by.
CREATE FULLTEXT INDEX document_text IF NOT EXISTS FOR (n:Document) ON EACH [n.number, n.subject];
CREATE INDEX document_complete IF NOT EXISTS FOR (n:Document) ON (n.complete);
CREATE INDEX document_rank IF NOT EXISTS FOR (n:Document) ON (n.x_rank);
CREATE INDEX document_community IF NOT EXISTS FOR (n:Document) ON (n.x_community);
CREATE INDEX task_due IF NOT EXISTS FOR (n:Task) ON (n.due_last);
CREATE INDEX organization_name IF NOT EXISTS FOR (n:Organization) ON (n.name);
CALL db.awaitIndexes(300);
