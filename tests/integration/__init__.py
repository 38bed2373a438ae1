"""Tests that start the servers they need themselves: run once, whichever database the others run on."""
