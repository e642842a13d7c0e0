"""The interpreter gives itself up."""
import os

os.abort()
