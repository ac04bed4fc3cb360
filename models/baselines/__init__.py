"""What LXMERT is compared with: rules over boxes, guesses from the wording; and where its errors come from."""
