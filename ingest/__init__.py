"""From bytes to readings: read, clean, extract, relate, tasks, key; and the tables that hold the knowledge."""
