"""The verbs of the command line: one file each, named as the verb is; ``options`` holds what several share."""
