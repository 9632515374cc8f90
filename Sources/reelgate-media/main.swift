print("reelgate-media")
