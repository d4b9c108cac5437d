"""What people read of a finished run; made from its folder and nothing else."""
