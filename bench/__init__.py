"""Figures: accuracy against labelled documents, gains and losses, speed as a ratio to a baseline in the same run."""
