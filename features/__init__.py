"""The promises in Gherkin, the requirements they show and the objectives they are judged by."""
