import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.Dataset;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;

/** Validates files against shapes: FOLDER with shapes.ttl and data; beside each file a list of the messages. */
class ValidateShapes {
  public static void main(String[] args) throws Exception {
    Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(args[0]));
    for (int n = 1; n < args.length; n++) {
      Dataset dataset = RDFDataMgr.loadDataset(args[n]);
      var all = ModelFactory.createDefaultModel();
      all.add(dataset.getDefaultModel());
      dataset.listNames().forEachRemaining(name -> all.add(dataset.getNamedModel(name)));
      Graph graph = all.getGraph();
      ValidationReport report = ShaclValidator.get().validate(shapes, graph);
      List<String> lines = new ArrayList<>();
      lines.add(report.conforms() ? "conforms" : "does not conform");
      report.getEntries().forEach(entry -> lines.add(entry.message()));
      Files.write(Path.of(args[n] + ".jena"), lines);
    }
  }
}
