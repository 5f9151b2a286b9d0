"""The five demonstration documents."""
