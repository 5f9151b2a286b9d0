// What Neo4j Browser's users search by: full text over numbers and subjects.
CREATE FULLTEXT INDEX document_text IF NOT EXISTS FOR (n:Document) ON EACH [n.number, n.subject];
CALL db.awaitIndexes(300);
