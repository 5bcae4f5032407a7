System.Console.WriteLine("wye");
