require __name__

iocshLoad("$(__name___DIR)/__name__.iocsh", "P=$(P=TEST:),STEP=2")
