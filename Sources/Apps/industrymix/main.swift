import IndustryMixApp

await Program.run()
