"""What comes in: files of the user's and of the data package, read, checked and handed on as tables and geometries."""
