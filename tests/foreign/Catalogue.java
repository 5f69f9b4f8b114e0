import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.RDFDataMgr;

/** Runs all queries of a folder in Apache Jena over a TriG file, and writes the answers to another. */
class Catalogue {
    public static void main(String[] arguments) throws Exception {
        Path texts = Path.of(arguments[1]), answers = Path.of(arguments[2]);
        Dataset separate = RDFDataMgr.loadDataset(arguments[0]);
        // The same with the union of all graphs as its default graph.
        Dataset union = DatasetFactory.create();
        Model all = ModelFactory.createDefaultModel();
        all.add(separate.getDefaultModel());
        separate.listNames().forEachRemaining(name -> {
            all.add(separate.getNamedModel(name));
            union.addNamedModel(name, separate.getNamedModel(name));
        });
        union.setDefaultModel(all);
        List<Path> files;
        try (var entries = Files.list(texts)) {
            files = entries.sorted().collect(Collectors.toList());
        }
        for (Path file : files) {
            String name = file.getFileName().toString().replaceAll("\\.rq$", "");
            Query query = QueryFactory.create(Files.readString(file));
            for (Dataset data : List.of(separate, union)) {
                String setting = data == union ? "union" : "default";
                long start = System.nanoTime();
                String end = query.isConstructType() ? "nt" : "json";
                Path answer = answers.resolve(name + "." + setting + "." + end);
                try (QueryExecution run = QueryExecutionFactory.create(query, data);
                        OutputStream out = Files.newOutputStream(answer)) {
                    if (query.isAskType()) {
                        ResultSetFormatter.outputAsJSON(out, run.execAsk());
                    } else if (query.isConstructType()) {
                        run.execConstruct().write(out, "N-TRIPLES");
                    } else {
                        ResultSetFormatter.outputAsJSON(out, run.execSelect());
                    }
                }
                long seconds = (System.nanoTime() - start) / 1_000_000_000;
                if (seconds >= 5) {
                    System.out.println("slow: " + name + ", " + setting + ": " + seconds + " s");
                }
            }
        }
    }
}
