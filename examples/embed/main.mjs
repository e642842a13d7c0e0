console.log("The example is being written.");
