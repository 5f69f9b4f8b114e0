import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;

/** Reads each format in each shape in Apache Jena, where a warning is an error, and compares their sizes. */
class Shapes {
    public static void main(String[] arguments) {
        String[] names = {"turtle", "ntriples", "rdfxml", "trig", "nquads", "jsonld"};
        Lang[] languages = {Lang.TURTLE, Lang.NTRIPLES, Lang.RDFXML, Lang.TRIG, Lang.NQUADS, Lang.JSONLD10};
        for (String shape : new String[] {"named-graph", "reified", "flat", "entailed"}) {
            long first = -1;
            for (int n = shape.equals("named-graph") ? 3 : 0; n < names.length; n++) {
                AtomicLong count = new AtomicLong();
                RDFParser.source(Path.of(arguments[0], "dn." + shape + "." + names[n]))
                    .forceLang(languages[n])
                    .errorHandler(ErrorHandlerFactory.errorHandlerStrict)
                    .parse(new StreamRDFBase() {
                        @Override
                        public void triple(Triple triple) {
                            count.incrementAndGet();
                        }

                        @Override
                        public void quad(Quad quad) {
                            count.incrementAndGet();
                        }
                    });
                if (first >= 0 && first != count.get()) {
                    throw new IllegalStateException(shape + " in " + names[n] + ": " + count + ", not " + first);
                }
                first = count.get();
            }
            System.out.println("Jena, " + shape + ": " + first + " quads in each format, no warning");
        }
    }
}
