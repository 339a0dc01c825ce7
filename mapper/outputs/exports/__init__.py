"""What a reader takes along: layers made once, written in the form that each program expects, one file per form."""
