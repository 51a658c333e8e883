"""The room of the Batch sizes page: several batch sizes from the same first weights, at equal cost."""
