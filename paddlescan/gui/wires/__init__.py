"""What joins the places of the window: each module connects one part of it and holds the slots that join two rooms."""
